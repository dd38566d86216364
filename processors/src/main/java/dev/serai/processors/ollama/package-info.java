/** The step of {@code routes/ollama.camel.yaml} that no other surface needs. */
@NullMarked
package dev.serai.processors.ollama;

import org.jspecify.annotations.NullMarked;
