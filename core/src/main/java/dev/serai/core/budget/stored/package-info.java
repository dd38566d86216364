/** Budgets that are stored and managed over HTTP, beside those of the settings. */
@NullMarked
package dev.serai.core.budget.stored;

import org.jspecify.annotations.NullMarked;
