// Nothing of Switchhook's: the open-source client of LiveKit, as it is.

import { Room, RoomEvent } from "livekit-client";

const [start, end, status, said] = ["start", "end", "status", "said"].map((id) =>
  document.getElementById(id),
);
let room;

function show(text, isRunning) {
  status.textContent = text;
  start.hidden = isRunning;
  end.hidden = !isRunning;
}

async function call() {
  show("Connecting…", true);
  try {
    const { server_url, token } = await (await fetch("/call", { method: "POST" })).json();
    room = new Room();
    room.on(RoomEvent.TrackSubscribed, (track) => document.body.append(track.attach()));
    room.on(RoomEvent.Disconnected, () => show("The call is over.", false));
    room.registerTextStreamHandler("lk.transcription", (reader, { identity }) => void read(reader, identity));
    await room.connect(server_url, token);
    await room.localParticipant.setMicrophoneEnabled(true);
    show("Connected", true);
  } catch (error) {
    show(`The call did not work: ${error.message}`, false);
  }
}

/** Pieces come while an utterance grows; here only whole ones are shown. */
async function read(reader, identity) {
  if (reader.info.attributes["lk.transcription_final"] !== "true") return;
  const line = document.createElement("p");
  const who = identity === room.localParticipant.identity ? "You" : "Assistant";
  line.textContent = `${who}: ${await reader.readAll()}`;
  said.append(line);
}

start.addEventListener("click", () => void call());
end.addEventListener("click", () => void room?.disconnect());
