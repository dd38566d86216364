/**
 * Search for memory objects. The store is the truth: each gateway has an index that follows the
 * feed of the store's changes.
 */
@NullMarked
package dev.serai.core.memory.search;

import org.jspecify.annotations.NullMarked;
