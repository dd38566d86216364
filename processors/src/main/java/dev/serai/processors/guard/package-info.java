/** The steps that check the texts of requests and responses with guards. */
@NullMarked
package dev.serai.processors.guard;

import org.jspecify.annotations.NullMarked;
