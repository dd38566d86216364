/** What several gateways share through Redis. */
@NullMarked
package dev.serai.adapters.redis;

import org.jspecify.annotations.NullMarked;
