/**
 * Sends alerts about budgets. What causes them, and their messages, are in {@code memory/budgets}.
 */
@NullMarked
package dev.serai.gateway.alerts;

import org.jspecify.annotations.NullMarked;
