/**
 * The embedding model all-MiniLM-L6-v2 in this process. {@link
 * dev.serai.adapters.minilm.MiniLmProvider} is found as a service.
 */
@NullMarked
package dev.serai.adapters.minilm;

import org.jspecify.annotations.NullMarked;
