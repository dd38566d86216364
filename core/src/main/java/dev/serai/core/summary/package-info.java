/**
 * Compression of long sessions: when older messages are replaced by a summary in what a model gets,
 * which ones, and how key information is found without a model. Pure.
 */
@NullMarked
package dev.serai.core.summary;

import org.jspecify.annotations.NullMarked;
