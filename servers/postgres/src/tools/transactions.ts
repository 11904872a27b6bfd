import { Reply, s } from "@portico/core";
import { ownerOf } from "../owner.ts";
import { Transaction } from "../transactions/transaction.ts";
import { databaseTool } from "./shared/database-tool.ts";

const handle = s.object({
  transaction: s.string({ description: "Handle of begin_transaction" }),
});

/** Begins a transaction that lasts over several calls. */
export const beginTransaction = databaseTool({
  name: "begin_transaction",
  title: "Begin Transaction",
  description:
    "Begin a transaction that lasts over several calls: pass its handle as transaction to query and execute_sql, then commit_transaction or rollback_transaction. A statement that fails is undone and the transaction goes on; one that is idle too long is rolled back.",
  input: s.object({}),
  output: handle,
  annotations: { readOnlyHint: true, idempotentHint: false },
  async run(_, { database, use }, ctx) {
    const { transactions, accessMode } = ctx.deps;
    const readOnly = accessMode === "read-only";
    const transaction = await transactions.grant(ownerOf(ctx), () =>
      Transaction.begin(database, use, readOnly),
    );
    const kind = readOnly ? "a read-only transaction" : "a transaction";
    return new Reply(`Began ${kind}: ${transaction}`, { transaction });
  },
});

/** Ends a transaction and keeps what it did. */
export const commitTransaction = databaseTool({
  name: "commit_transaction",
  title: "Commit Transaction",
  description: "Commit what was done in a transaction, and end it.",
  input: handle,
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false },
  async run({ transaction }, _, ctx) {
    const { transactions, masking } = ctx.deps;
    await masking.ending(transactions.use(ownerOf(ctx), transaction, (open) => open.commit()));
    return new Reply("Committed.");
  },
});

/** Ends a transaction and undoes what it did. */
export const rollbackTransaction = databaseTool({
  name: "rollback_transaction",
  title: "Roll Back Transaction",
  description: "Undo what was done in a transaction, and end it.",
  input: handle,
  annotations: { readOnlyHint: true, idempotentHint: false },
  async run({ transaction }, _, ctx) {
    await ctx.deps.transactions.use(ownerOf(ctx), transaction, (open) => open.end());
    return new Reply("Rolled back.");
  },
});
