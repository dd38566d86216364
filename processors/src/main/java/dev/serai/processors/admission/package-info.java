/** The steps that decide whether a call may be made, before it is planned. */
@NullMarked
package dev.serai.processors.admission;

import org.jspecify.annotations.NullMarked;
