import { createHash } from 'node:crypto';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { Finding, Severity } from '../rules/index.ts';
import type { ClientFeatures } from './client-features.ts';

export const SOURCE = 'actor-state';

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What a diagnostic carries, to be found again when its fix is asked for. */
export interface DiagnosticData {
  readonly finding: string;
}

export interface DiagnosticOptions {
  readonly client: Pick<ClientFeatures, 'relatedInformation' | 'codeDescription'>;
  /** The URI that the client knows a file by. */
  readonly uriOf: (file: string) => string;
  /** Where a rule's page lies; `undefined` for a rule that has none. */
  readonly pageOf: (ruleId: string) => string | undefined;
}

/** A finding as the protocol says it. */
export function toDiagnostic(finding: Finding, { client, uriOf, pageOf }: DiagnosticOptions): Diagnostic {
  const page = client.codeDescription ? pageOf(finding.ruleId) : undefined;
  const data: DiagnosticData = { finding: identityOf(finding) };
  return {
    range: finding.range,
    severity: SEVERITY[finding.severity],
    source: SOURCE,
    code: finding.ruleId,
    ...(page !== undefined && { codeDescription: { href: page } }),
    message: finding.message,
    ...(client.relatedInformation &&
      finding.related.length > 0 && {
        relatedInformation: finding.related.map(({ file, range, message }) => ({
          location: { uri: uriOf(file), range },
          message,
        })),
      }),
    data,
  };
}

/** Names a finding within its file for as long as it says the same about the same place. */
export function identityOf({ ruleId, range: { start, end }, message }: Finding): string {
  const words = createHash('sha1').update(message).digest('hex').slice(0, 12);
  return `${ruleId} ${start.line}:${start.character}-${end.line}:${end.character} ${words}`;
}
