/**
 * The steps of {@code routes/budgets.camel.yaml}: how much of budgets is used. The step that holds
 * and refuses is in {@code admission}.
 */
@NullMarked
package dev.serai.processors.budgets;

import org.jspecify.annotations.NullMarked;
