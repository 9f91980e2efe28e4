import { DidChangeConfigurationNotification, type Connection } from 'vscode-languageserver/node';
import type { ClientFeatures } from './client-features.ts';
import { readSettings, SECTION, sectionOf, type FolderSettings } from './settings.ts';
import { toUri } from './uris.ts';

/** The settings as the client has them: asked for by folder where the client can answer, else as it sent them. */
export class ClientSettings {
  readonly #connection: Connection;
  readonly #client: ClientFeatures;
  #pushed: unknown;

  /** @param initial what the client sent with `initialize`, for those that send settings there */
  constructor(connection: Connection, client: ClientFeatures, initial: unknown) {
    this.#connection = connection;
    this.#client = client;
    this.#pushed = sectionOf(initial);
  }

  /** Asks to be told of changes, and passes them on. */
  async listen(onChange: () => void): Promise<void> {
    this.#connection.onDidChangeConfiguration(({ settings }) => {
      if (!this.#client.configuration) this.#pushed = sectionOf(settings);
      onChange();
    });
    if (!this.#client.configurationRegistration) return;
    await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
  }

  /** What is set for a folder. A value that cannot be understood is logged and left at its default. */
  async of(folder: string): Promise<FolderSettings> {
    const section: unknown = this.#client.configuration
      ? await this.#connection.workspace.getConfiguration({ scopeUri: toUri(folder), section: SECTION })
      : this.#pushed;
    const { settings, problems } = readSettings(section);
    for (const problem of problems) this.#connection.console.warn(problem);
    return settings;
  }
}
