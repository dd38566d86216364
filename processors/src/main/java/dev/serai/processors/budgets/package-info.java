/**
 * The steps of {@code routes/budgets.camel.yaml}: they show how much of budgets is used, and manage
 * the stored ones. The step that holds and refuses is in {@code admission}.
 */
@NullMarked
package dev.serai.processors.budgets;

import org.jspecify.annotations.NullMarked;
