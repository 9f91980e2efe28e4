import { ts } from 'ts-morph';

import { bare } from '../../syntax/operands.ts';
import { branch, evaluate, fork } from './expressions.ts';
import type { UnitBuilder } from './unit-builder.ts';

/** Assembles a statement. One that holds others has its place where it begins, each other where it is done. */
export function runStatement(builder: UnitBuilder, node: ts.Statement, labels: readonly string[] = []): void {
  const { flow } = builder;
  if (ts.isBlock(node) || ts.isModuleBlock(node)) {
    flow.place(node);
    runLabelled(builder, labels, () => runAll(builder, node.statements));
  } else if (ts.isIfStatement(node)) {
    flow.place(node);
    runLabelled(builder, labels, () => runIf(builder, node));
  } else if (ts.isIterationStatement(node, false)) {
    flow.place(node);
    runLoop(builder, node, labels);
  } else if (ts.isSwitchStatement(node)) {
    flow.place(node);
    runSwitch(builder, node, labels);
  } else if (ts.isTryStatement(node)) {
    flow.place(node);
    runLabelled(builder, labels, () => runTry(builder, node));
  } else if (ts.isLabeledStatement(node)) {
    flow.place(node);
    runStatement(builder, node.statement, [...labels, node.label.text]);
  } else if (ts.isReturnStatement(node)) {
    if (node.expression !== undefined) evaluate(builder, node.expression);
    flow.place(node);
    flow.return();
  } else if (ts.isThrowStatement(node)) {
    evaluate(builder, node.expression);
    flow.place(node);
    flow.throw();
  } else if (ts.isBreakStatement(node)) {
    flow.place(node);
    flow.break(node.label?.text);
  } else if (ts.isContinueStatement(node)) {
    flow.place(node);
    flow.continue(node.label?.text);
  } else if (!ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node)) {
    runPlain(builder, node);
  }
}

export function runAll(builder: UnitBuilder, statements: readonly ts.Statement[]): void {
  for (const statement of statements) runStatement(builder, statement);
}

function runPlain(builder: UnitBuilder, node: ts.Statement): void {
  if (ts.isVariableStatement(node)) runDeclarations(builder, node.declarationList);
  else if (ts.isModuleDeclaration(node)) {
    if (node.body !== undefined && ts.isModuleBlock(node.body)) runAll(builder, node.body.statements);
  } else if (ts.isExpressionStatement(node) || ts.isExportAssignment(node)) evaluate(builder, node.expression);
  else if (ts.isClassDeclaration(node)) {
    evaluate(builder, node);
    return;
  }
  builder.flow.place(node);
}

export function runDeclarations(builder: UnitBuilder, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    if (declaration.initializer !== undefined) evaluate(builder, declaration.initializer);
    runPattern(builder, declaration.name);
    builder.flow.place(declaration);
  }
}

/** A name that is given a value, or a pattern: the defaults in it are evaluated where nothing is there. */
export function runPattern(builder: UnitBuilder, name: ts.BindingName): void {
  if (ts.isIdentifier(name)) return;
  for (const element of name.elements) {
    if (ts.isOmittedExpression(element)) continue;
    runDefault(builder, element);
    runPattern(builder, element.name);
  }
}

export function runDefault(builder: UnitBuilder, element: ts.BindingElement | ts.ParameterDeclaration): void {
  if (element.initializer === undefined) return;
  const { flow } = builder;
  const [missing, join] = [flow.block(), flow.block()];
  fork(builder, { condition: element, outcome: 'nullish' }, missing, 'present', join);
  flow.startAt(missing);
  evaluate(builder, element.initializer);
  flow.goTo(join);
}

function runLabelled(builder: UnitBuilder, labels: readonly string[], run: () => void): void {
  if (labels.length === 0) {
    run();
    return;
  }
  const after = builder.flow.block();
  builder.flow.within({ kind: 'breakable', labels, breakTo: after, isSwitch: false }, run);
  builder.flow.goTo(after);
}

function runIf(builder: UnitBuilder, node: ts.IfStatement): void {
  const { flow } = builder;
  const [whenTrue, whenFalse, join] = [flow.block(), flow.block(), flow.block()];
  branch(builder, node.expression, whenTrue, whenFalse);
  flow.startAt(whenTrue);
  runStatement(builder, node.thenStatement);
  flow.link(join);
  flow.startAt(whenFalse);
  if (node.elseStatement !== undefined) runStatement(builder, node.elseStatement);
  flow.goTo(join);
}

function runLoop(builder: UnitBuilder, node: ts.IterationStatement, labels: readonly string[]): void {
  const { flow } = builder;
  const [header, body, next, after] = [flow.block(), flow.block(), flow.block(), flow.block()];
  const runBody = (): void => {
    flow.within({ kind: 'loop', labels, breakTo: after, continueTo: next }, () =>
      runStatement(builder, node.statement),
    );
    flow.goTo(next);
  };
  if (ts.isForStatement(node)) {
    const { initializer } = node;
    if (initializer !== undefined && ts.isVariableDeclarationList(initializer)) runDeclarations(builder, initializer);
    else if (initializer !== undefined) evaluate(builder, initializer);
  }
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) evaluate(builder, node.expression);
  flow.headers.set(header, node);
  flow.goTo(header);
  if (ts.isDoStatement(node)) {
    flow.goTo(body);
    runBody();
    branch(builder, node.expression, header, after);
    flow.startAt(after);
    return;
  }
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    fork(builder, { condition: bare(node.expression), outcome: 'item' }, body, 'done', after);
    flow.startAt(body);
    if (ts.isVariableDeclarationList(node.initializer)) runDeclarations(builder, node.initializer);
    else flow.place(node.initializer);
  } else {
    const condition = ts.isForStatement(node)
      ? node.condition
      : ts.isWhileStatement(node)
        ? node.expression
        : undefined;
    if (condition === undefined) flow.link(body);
    else branch(builder, condition, body, after);
    flow.startAt(body);
  }
  runBody();
  if (ts.isForStatement(node) && node.incrementor !== undefined) evaluate(builder, node.incrementor);
  flow.link(header);
  flow.startAt(after);
}

/** The cases are asked in their order, then the default is taken, wherever it stands; a clause falls through to the next one. */
function runSwitch(builder: UnitBuilder, node: ts.SwitchStatement, labels: readonly string[]): void {
  const { flow } = builder;
  const { clauses } = node.caseBlock;
  const after = flow.block();
  const bodies = clauses.map(() => flow.block());
  const subject = bare(node.expression);
  evaluate(builder, node.expression);
  for (const [index, clause] of clauses.entries()) {
    const body = bodies[index];
    if (!ts.isCaseClause(clause) || body === undefined) continue;
    const next = flow.block();
    if (subject.kind === ts.SyntaxKind.TrueKeyword) branch(builder, clause.expression, body, next);
    else if (subject.kind === ts.SyntaxKind.FalseKeyword) branch(builder, clause.expression, next, body);
    else {
      evaluate(builder, clause.expression);
      fork(builder, { condition: bare(clause.expression), outcome: 'true', subject }, body, 'false', next);
    }
    flow.startAt(next);
  }
  flow.link(bodies[clauses.findIndex(ts.isDefaultClause)] ?? after);
  flow.startDeadCode();
  flow.within({ kind: 'breakable', labels, breakTo: after, isSwitch: true }, () => {
    for (const [index, clause] of clauses.entries()) {
      const body = bodies[index];
      if (body !== undefined) flow.goTo(body);
      flow.place(clause);
      runAll(builder, clause.statements);
    }
  });
  flow.goTo(after);
}

function runTry(builder: UnitBuilder, node: ts.TryStatement): void {
  const { catchClause, finallyBlock } = node;
  builder.tried(node, {
    body: () => runStatement(builder, node.tryBlock),
    ...(catchClause === undefined
      ? {}
      : {
          onError: () => {
            builder.flow.place(catchClause);
            if (catchClause.variableDeclaration !== undefined)
              runPattern(builder, catchClause.variableDeclaration.name);
            runStatement(builder, catchClause.block);
          },
        }),
    ...(finallyBlock === undefined ? {} : { cleanup: () => runStatement(builder, finallyBlock) }),
  });
}
