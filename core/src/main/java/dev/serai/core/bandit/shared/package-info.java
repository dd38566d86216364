/** Where gateways store what their bandits have learned, so that each knows what the others do. */
@NullMarked
package dev.serai.core.bandit.shared;

import org.jspecify.annotations.NullMarked;
