import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const pellucid = fileURLToPath(new URL("../../.venv/bin/pellucid", import.meta.url));

/** A server of a test's own, on the bundled model: it may be killed, and begun again on the same journal. */
export class Server {
  private process: ChildProcess | null = null;
  private readonly data = mkdtempSync(join(tmpdir(), "pellucid-e2e-own-"));
  readonly url: string;

  constructor(private readonly port: number) {
    this.url = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    this.process = spawn(pellucid, ["up", "--no-browser", "--port", String(this.port)], {
      env: { ...process.env, PELLUCID_DATA_DIR: this.data },
      stdio: "ignore",
    });
    const until = Date.now() + 120_000;
    while (Date.now() < until) {
      const answer = await fetch(`${this.url}/api/health`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error("the server did not start");
  }

  /** No goodbye. */
  async kill(): Promise<void> {
    const dying = this.process;
    if (!dying || dying.exitCode !== null || dying.signalCode !== null) return;
    const gone = new Promise((resolve) => dying.once("exit", resolve));
    dying.kill("SIGKILL");
    await gone;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}
