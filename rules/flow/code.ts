import { ts } from 'ts-morph';

import { calledExpression } from './call-forms.ts';
import { CalledNames } from './called-names.ts';
import type { ControlFlowGraph } from './control-flow/control-flow-graph.ts';
import { ProgramOrder } from './control-flow/program-order.ts';
import { CycleMemo } from './cycle-memo.ts';
import { indexOf } from '../syntax/file-index.ts';
import type { Call } from '../syntax/file-index.ts';
import { thrownAt } from '../syntax/fault-places.ts';
import { LIMITS } from './limits.ts';
import type { Operand } from './operands.ts';
import { baseOf, isFunctionNode } from '../syntax/functions.ts';
import { awaited, isAccess, memberNameOf } from '../syntax/operands.ts';
import type { FunctionNode } from '../syntax/functions.ts';
import { withImports } from '../program/imported-files.ts';
import { isSdkNode } from '../program/sdk-declarations.ts';
import type { SourceProject } from '../program/source-project.ts';
import { rolesOf } from '../sdk/roles.ts';
import type { Role, RoleKind, RoleOf } from '../sdk/roles.ts';
import { SpokenNames } from '../program/spoken-names.ts';
import { graphsOf } from './process-ends.ts';
import { ValueFlow } from './value-flow.ts';

/**
 * A program's code as the model asks about it: what a name means, what a call calls, who calls a function, where a value
 * comes from. Answers are kept for the life of the program.
 */
export class Code {
  readonly checker: ts.TypeChecker;
  readonly #project: SourceProject;
  readonly #values: ValueFlow;
  readonly #called: CalledNames;
  readonly #answers = new CycleMemo();
  readonly #callees = this.#answers.table<Call, readonly ts.Node[]>([]);
  readonly #callers = this.#answers.table<FunctionNode, readonly Call[]>([]);
  /** The checker looks a name up anew each time that it is asked. */
  readonly #symbols = new Map<ts.Node, ts.Symbol | undefined>();
  readonly #references = new Map<ts.Symbol, readonly ts.MemberName[]>();
  #spoken: SpokenNames | undefined;
  readonly #graphs = graphsOf(this);
  /** The order in which the code runs, across functions and modules. */
  readonly order = new ProgramOrder(this);
  /** The files of one Actor's program, or of all: who may call, who may refer. */
  readonly files: readonly ts.SourceFile[];

  constructor(project: SourceProject, files: readonly ts.SourceFile[]) {
    this.#project = project;
    this.checker = project.program().getTypeChecker();
    this.files = files;
    this.#called = new CalledNames(files);
    this.#values = new ValueFlow(this, this.#answers);
  }

  /** The control-flow graph that a node stands in. */
  graphAround(node: ts.Node): ControlFlowGraph {
    return this.#graphs.around(node);
  }

  /** The symbol that a name stands for, imports followed to what they import. */
  symbolOf(node: ts.Node): ts.Symbol | undefined {
    if (this.#symbols.has(node)) return this.#symbols.get(node);
    const symbol = this.#symbolAt(node);
    this.#symbols.set(node, symbol);
    return symbol;
  }

  #symbolAt(node: ts.Node): ts.Symbol | undefined {
    const symbol =
      ts.isShorthandPropertyAssignment(node.parent) && node.parent.name === node
        ? this.checker.getShorthandAssignmentValueSymbol(node.parent)
        : this.checker.getSymbolAtLocation(node);
    return symbol && this.#declared(this.#unaliased(symbol));
  }

  /** A field has a symbol for each type through which it is reached, such as that of `this`: the one at its declaration stands for all. */
  #declared(symbol: ts.Symbol): ts.Symbol {
    const isReached = (symbol.flags & ts.SymbolFlags.Transient) !== 0 && isOfOnePlace(symbol.declarations ?? []);
    const name = isReached ? symbol.valueDeclaration && ts.getNameOfDeclaration(symbol.valueDeclaration) : undefined;
    return (name && this.checker.getSymbolAtLocation(name)) ?? symbol;
  }

  #unaliased(symbol: ts.Symbol): ts.Symbol {
    if ((symbol.flags & ts.SymbolFlags.Alias) === 0) return symbol;
    const target = this.checker.getAliasedSymbol(symbol);
    return (target.declarations ?? []).length > 0 ? target : symbol;
  }

  /** Where an expression's value comes from: functions, literals, classes, calls, members of the SDK. */
  valuesOf(expression: ts.Expression): readonly ts.Node[] {
    try {
      return this.#values.of(expression);
    } catch (error) {
      throw thrownAt(expression, error);
    }
  }

  /** Where a part of a value comes from; the expression itself stands for what is not known. */
  partsOf(operand: Operand): readonly ts.Node[] {
    return this.#values.ofPart(operand, operand.expression);
  }

  /** The functions that an expression may be. */
  functionsOf(expression: ts.Expression): readonly FunctionNode[] {
    return this.valuesOf(expression).filter(isFunctionNode);
  }

  /** What a call calls: functions and classes of the project, members of the SDK's table. Empty when unsure. */
  calleesOf(call: Call): readonly ts.Node[] {
    return this.#callees(call, () => {
      const callee = calledExpression(this, call);
      if (!this.mayBeKnown(callee)) return [];
      return this.valuesOf(callee).flatMap((value) => (ts.isClassLike(value) ? this.#constructorsOf(value) : [value]));
    });
  }

  /** What making an instance runs: a class's own constructor, else the one of what it extends; the class where there is none. */
  #constructorsOf(declaration: ts.ClassLikeDeclaration, depth = 0): readonly ts.Node[] {
    const own = declaration.members.filter(ts.isConstructorDeclaration).filter(({ body }) => body !== undefined);
    if (own.length > 0) return own;
    const base = depth < LIMITS.aliases ? baseOf(declaration) : undefined;
    const bases =
      base === undefined ? [] : this.valuesOf(base).filter((value) => ts.isClassLike(value) && !isSdkNode(value));
    return [
      declaration,
      ...bases.flatMap((each) => (ts.isClassLike(each) ? this.#constructorsOf(each, depth + 1) : [])),
    ];
  }

  /** Whether the project or the SDK has something of the name of a member. Most members are JavaScript's own. */
  mayBeKnown(member: ts.Expression): boolean {
    const access = awaited(member);
    const name = isAccess(access) ? memberNameOf(access) : undefined;
    if (name === undefined) return true;
    this.#spoken ??= new SpokenNames(withImports(this.files, (specifier) => this.importedFile(specifier)));
    return this.#spoken.has(name);
  }

  /** The functions of the project that a call runs. */
  calledFunctions(call: Call): readonly FunctionNode[] {
    return this.calleesOf(call)
      .filter(isFunctionNode)
      .filter((fn) => fn.body !== undefined);
  }

  /** The roles of what a call calls, from the SDK's table. */
  rolesOf(call: Call): readonly Role[] {
    return this.calleesOf(call).flatMap((callee) => (isSdkNode(callee) ? rolesOf(callee) : []));
  }

  /** The role of one kind of what a call calls. */
  roleOf<K extends RoleKind>(call: Call, kind: K): RoleOf<K> | undefined {
    return this.rolesOf(call).find((role): role is RoleOf<K> => role.kind === kind);
  }

  /** The calls of a function, in all the files that are looked at. */
  callersOf(fn: FunctionNode): readonly Call[] {
    return this.#callers(fn, () => {
      if (!this.#mayBeCalled(fn)) return [];
      const name = nameOf(fn);
      const candidates = name === undefined ? this.#called.openCalls() : this.#called.callsOf(name);
      return [...candidates].filter((call) => this.calleesOf(call).includes(fn));
    });
  }

  /** The calls that may call something of a name: a member of the SDK, a function of JavaScript's own. */
  callsNamed(name: string): ReadonlySet<Call> {
    return this.#called.callsOf(name);
  }

  /** A function that is written into a call of something foreign is called from there only. */
  #mayBeCalled(fn: FunctionNode): boolean {
    const { parent } = fn;
    if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return true;
    return parent.expression === fn || this.calledFunctions(parent).length > 0;
  }

  /** Every identifier that stands for a symbol, its declaration among them. */
  referencesOf(symbol: ts.Symbol): readonly ts.MemberName[] {
    const known = this.#references.get(symbol);
    if (known !== undefined) return known;
    const found: ts.MemberName[] = [];
    for (const file of this.files) {
      for (const name of localNames(file, symbol.name)) {
        for (const identifier of indexOf(file).identifiers.get(name) ?? []) {
          if (this.symbolOf(identifier) === symbol) found.push(identifier);
        }
      }
    }
    this.#references.set(symbol, found);
    return found;
  }

  /** The file that a module specifier names, where it is one of the project's. */
  importedFile(specifier: ts.StringLiteralLike): ts.SourceFile | undefined {
    return this.#project.importedFile(specifier);
  }
}

/** One declaration, the assignments in one class of JavaScript that declare a field, or a getter with its setter. */
function isOfOnePlace(declarations: readonly ts.Declaration[]): boolean {
  const holders = new Set(declarations.map((each) => ts.findAncestor(each, ts.isClassLike)));
  const isOfOneKind = declarations.every(ts.isBinaryExpression) || declarations.every(ts.isAccessor);
  return declarations.length === 1 || (isOfOneKind && holders.size === 1);
}

function nameOf(fn: FunctionNode): string | undefined {
  const name = ts.isConstructorDeclaration(fn) ? fn.parent.name : (fn.name ?? nameOfHolder(fn.parent));
  return name !== undefined && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : undefined;
}

function nameOfHolder(holder: ts.Node): ts.Node | undefined {
  if (ts.isVariableDeclaration(holder) || ts.isPropertyAssignment(holder) || ts.isPropertyDeclaration(holder)) {
    return holder.name;
  }
  if (ts.isBinaryExpression(holder) && ts.isPropertyAccessExpression(holder.left)) return holder.left.name;
  return undefined;
}

/** The names that a symbol may have in a file: its own, and those that an import or export gives it. */
function localNames(file: ts.SourceFile, name: string): ReadonlySet<string> {
  const names = new Set([name]);
  const own = name === 'default' || name === 'export=' ? undefined : indexOf(file).identifiers.get(name);
  for (const identifier of own ?? []) {
    const { parent } = identifier;
    if (ts.isImportSpecifier(parent) && parent.propertyName === identifier) names.add(parent.name.text);
    if (ts.isBindingElement(parent) && parent.propertyName === identifier && ts.isIdentifier(parent.name))
      names.add(parent.name.text);
  }
  return names;
}
