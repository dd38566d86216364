/** What the order of waiting attempts follows: the shares of tenants, queues and windows. */
@NullMarked
package dev.serai.core.fair.rules;

import org.jspecify.annotations.NullMarked;
