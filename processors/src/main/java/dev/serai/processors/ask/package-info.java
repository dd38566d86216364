/** The steps of {@code routes/ask.camel.yaml} beside those of every chat call. */
@NullMarked
package dev.serai.processors.ask;

import org.jspecify.annotations.NullMarked;
