/**
 * The ledger of usage: a journal to which event loops append every call, and a thread that writes
 * it to the database. Rates are in {@code core/rate}, budgets in {@code memory/budgets}.
 */
@NullMarked
package dev.serai.memory.ledger;

import org.jspecify.annotations.NullMarked;
