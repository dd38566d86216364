/** The steps that read requests other than chat and write their replies. */
@NullMarked
package dev.serai.processors.relay;

import org.jspecify.annotations.NullMarked;
