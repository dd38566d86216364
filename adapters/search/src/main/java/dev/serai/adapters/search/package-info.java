/** The index that memory objects are searched with: Lucene, in a folder of each gateway. */
@NullMarked
package dev.serai.adapters.search;

import org.jspecify.annotations.NullMarked;
