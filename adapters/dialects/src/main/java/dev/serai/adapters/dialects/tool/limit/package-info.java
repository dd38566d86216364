/**
 * Fits the names of tools and the IDs of calls into what a vendor accepts, and restores them in
 * replies.
 */
@NullMarked
package dev.serai.adapters.dialects.tool.limit;

import org.jspecify.annotations.NullMarked;
