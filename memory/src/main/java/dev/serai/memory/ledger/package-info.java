/**
 * The ledger of usage: a journal to which event loops append every call, and a thread that writes
 * it to the database. Limits and budgets are not here: {@code core/limit}.
 */
@NullMarked
package dev.serai.memory.ledger;

import org.jspecify.annotations.NullMarked;
