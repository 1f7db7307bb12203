import type { Edit, Sent } from "./cells";

/** What is sent: values or sequences to take back, on which sequence, and whether what moved since then holds. */
export interface Batch {
  readonly edits?: readonly Edit[];
  readonly undo?: readonly number[];
  readonly seen: number;
  readonly rest?: boolean;
  readonly reason?: string;
}

export interface Moved {
  readonly who: string;
  readonly where: string;
}

export interface Answer {
  readonly ok: boolean;
  readonly said: string;
  readonly made?: readonly number[];
  readonly moved?: readonly Moved[];
  readonly grid?: Sent;
}

export async function read(address: string): Promise<Sent> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Sent;
}

/** Send a batch; a server that does not answer in JSON has said nothing that we can show. */
export async function send(address: string, batch: Batch): Promise<Answer | null> {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
      body: JSON.stringify(batch),
    });
    if (answer.redirected) return { ok: false, said: "signedOut" };
    return { ...((await answer.json()) as Omit<Answer, "ok">), ok: answer.ok };
  } catch {
    return null;
  }
}

/** The mark of the session, as the page carries it for its fragments. */
function token(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  return headers["X-CSRFToken"] ?? "";
}
