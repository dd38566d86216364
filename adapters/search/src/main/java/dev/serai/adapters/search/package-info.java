/**
 * The index that memory objects are searched with: Lucene, in a folder of each gateway. Its LZ4
 * packs messages of sessions, too.
 */
@NullMarked
package dev.serai.adapters.search;

import org.jspecify.annotations.NullMarked;
