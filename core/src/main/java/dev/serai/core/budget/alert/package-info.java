/**
 * Where alerts about budgets are sent. What causes them, and their messages, are in {@code
 * memory/budgets}.
 */
@NullMarked
package dev.serai.core.budget.alert;

import org.jspecify.annotations.NullMarked;
