/**
 * Budgets in US dollars: shares of them that this gateway leases from the database, and what calls
 * hold of these.
 */
@NullMarked
package dev.serai.memory.budgets;

import org.jspecify.annotations.NullMarked;
