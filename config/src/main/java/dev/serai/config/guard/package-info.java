/** Settings of the guards, which check the texts of requests and responses. */
@NullMarked
package dev.serai.config.guard;

import org.jspecify.annotations.NullMarked;
