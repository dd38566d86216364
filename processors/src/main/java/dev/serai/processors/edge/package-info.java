/** The steps that end every public route: a failure is written, the call is settled. */
@NullMarked
package dev.serai.processors.edge;

import org.jspecify.annotations.NullMarked;
