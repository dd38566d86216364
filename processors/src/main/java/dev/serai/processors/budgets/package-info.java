/** Steps of {@code routes/budgets.camel.yaml}: how much of budgets is used. */
@NullMarked
package dev.serai.processors.budgets;

import org.jspecify.annotations.NullMarked;
