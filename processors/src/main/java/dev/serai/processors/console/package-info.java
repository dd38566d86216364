/** The step of {@code routes/console.camel.yaml}. */
@NullMarked
package dev.serai.processors.console;

import org.jspecify.annotations.NullMarked;
