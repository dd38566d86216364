/**
 * Budgets in US dollars: what they limit, their time windows, and what a call holds of them until
 * its cost is in the ledger. {@code memory} keeps the leases, {@code processors} holds and refuses.
 */
@NullMarked
package dev.serai.core.budget;

import org.jspecify.annotations.NullMarked;
