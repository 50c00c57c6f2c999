import type { AssistantConfiguration } from "../assistants/configuration.ts";

/**
 * What the platform itself says when something is slow or broken, in the language that the caller is listened to in;
 * English where that is not known, or is not here.
 */
export interface Sentences {
  /** while somebody is waited for; one after the other, so that the same is not heard twice in a row */
  readonly fillers: readonly string[];
  /** before a call ends because something has failed for good */
  readonly apology: string;
  /** the model has twice had nothing to say */
  readonly noAnswer: string;
  /** a transfer came to nothing, and the model does not say so */
  readonly transferFailed: string;
  /** speech was heard, and no words came of it */
  readonly unheard: string;
  /** the built-in voice that speaks the language */
  readonly localVoice: string;
}

const ENGLISH: Sentences = {
  fillers: ["One moment, please.", "Just a moment.", "Thank you for waiting. One moment more."],
  apology: "I'm sorry, something went wrong on our side. Please call back later.",
  noAnswer: "I'm sorry, I have no answer to that. Could you say it in another way?",
  transferFailed: "I'm sorry, I could not put you through. Is there anything else I can do for you?",
  unheard: "I'm sorry, I did not hear that. Could you say it again?",
  localVoice: "en",
};

const BY_LANGUAGE: Readonly<Record<string, Sentences>> = {
  en: ENGLISH,
  nl: {
    fillers: ["Een ogenblik alstublieft.", "Een moment graag.", "Dank u voor het wachten. Nog een moment."],
    apology: "Excuses, er ging aan onze kant iets mis. Belt u later alstublieft terug.",
    noAnswer: "Excuses, daar heb ik geen antwoord op. Kunt u het anders zeggen?",
    transferFailed: "Excuses, ik kon u niet doorverbinden. Kan ik nog iets anders voor u doen?",
    unheard: "Excuses, dat heb ik niet verstaan. Kunt u het herhalen?",
    localVoice: "nl",
  },
  de: {
    fillers: ["Einen Moment, bitte.", "Einen Augenblick.", "Danke fürs Warten. Noch einen Moment."],
    apology: "Entschuldigung, bei uns ist etwas schiefgegangen. Bitte rufen Sie später noch einmal an.",
    noAnswer: "Entschuldigung, darauf habe ich keine Antwort. Können Sie es anders sagen?",
    transferFailed: "Entschuldigung, ich konnte Sie nicht verbinden. Kann ich sonst noch etwas für Sie tun?",
    unheard: "Entschuldigung, das habe ich nicht verstanden. Können Sie es wiederholen?",
    localVoice: "de",
  },
  fr: {
    fillers: ["Un instant, s'il vous plaît.", "Un petit moment.", "Merci de patienter. Encore un instant."],
    apology: "Je suis désolé, une erreur s'est produite de notre côté. Veuillez rappeler plus tard.",
    noAnswer: "Je suis désolé, je n'ai pas de réponse. Pouvez-vous le dire autrement ?",
    transferFailed:
      "Je suis désolé, je n'ai pas pu vous mettre en relation. Puis-je faire autre chose pour vous ?",
    unheard: "Je suis désolé, je n'ai pas entendu. Pouvez-vous répéter ?",
    localVoice: "fr-fr",
  },
  es: {
    fillers: ["Un momento, por favor.", "Un instante.", "Gracias por esperar. Un momento más."],
    apology: "Lo siento, algo ha fallado por nuestra parte. Por favor, llame más tarde.",
    noAnswer: "Lo siento, no tengo respuesta para eso. ¿Puede decirlo de otra manera?",
    transferFailed: "Lo siento, no he podido pasarle. ¿Puedo hacer algo más por usted?",
    unheard: "Lo siento, no le he oído. ¿Puede repetirlo?",
    localVoice: "es",
  },
  it: {
    fillers: ["Un momento, per favore.", "Un attimo.", "Grazie per l'attesa. Ancora un momento."],
    apology: "Mi dispiace, qualcosa non ha funzionato da parte nostra. La preghiamo di richiamare più tardi.",
    noAnswer: "Mi dispiace, non ho una risposta. Può dirlo in un altro modo?",
    transferFailed: "Mi dispiace, non sono riuscito a passarle la chiamata. Posso fare altro per lei?",
    unheard: "Mi dispiace, non ho sentito. Può ripetere?",
    localVoice: "it",
  },
  pt: {
    fillers: ["Um momento, por favor.", "Um instante.", "Obrigado por aguardar. Mais um momento."],
    apology: "Desculpe, algo correu mal do nosso lado. Por favor, ligue mais tarde.",
    noAnswer: "Desculpe, não tenho resposta para isso. Pode dizer de outra forma?",
    transferFailed: "Desculpe, não consegui transferir a chamada. Posso ajudar em mais alguma coisa?",
    unheard: "Desculpe, não ouvi. Pode repetir?",
    localVoice: "pt",
  },
};

/** @returns those of `stt_config.language`; `multi` and languages without sentences get the English ones */
export function sentencesOf(configuration: Pick<AssistantConfiguration, "stt_config">): Sentences {
  const language = configuration.stt_config?.["language"];
  return (typeof language === "string" ? BY_LANGUAGE[language] : undefined) ?? ENGLISH;
}

/** The voice of last resort, where the assistant's own cannot be had. */
export function localVoiceOf(configuration: Pick<AssistantConfiguration, "stt_config">) {
  return { provider: "local", voice_id: sentencesOf(configuration).localVoice };
}
