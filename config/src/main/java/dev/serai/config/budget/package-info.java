/** Settings of budgets. */
@NullMarked
package dev.serai.config.budget;

import org.jspecify.annotations.NullMarked;
