/** The steps that read and change sessions. */
@NullMarked
package dev.serai.processors.sessions;

import org.jspecify.annotations.NullMarked;
