/**
 * The step of {@code routes/console.camel.yaml}, which forwards requests to the console. The
 * console itself is in {@code gateway/console}.
 */
@NullMarked
package dev.serai.processors.console;

import org.jspecify.annotations.NullMarked;
