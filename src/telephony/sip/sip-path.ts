/** What carries SIP messages, as Via names it. */
export type SipProtocol = "UDP" | "TCP" | "TLS";

/** Where a peer is reached. */
export interface Remote {
  address: string;
  port: number;
  /** TLS: the name that its certificate has to be for; undefined: its address */
  serverName?: string | undefined;
}

/** One way to one peer. UDP needs retransmission on top; streams do not. */
export interface Path {
  readonly protocol: SipProtocol;
  readonly remote: Remote;
  /**
   * The address of ours that the peer sees. Asked only for peers that are dealt with: over UDP it costs a socket, and
   * a scan comes from thousands of addresses.
   */
  localAddress(): Promise<string>;
  /** What cannot be sent is lost, as on the network; the protocol's timers deal with it. */
  write(text: string): void;
  readonly isOpen: boolean;
  close(): void;
}
