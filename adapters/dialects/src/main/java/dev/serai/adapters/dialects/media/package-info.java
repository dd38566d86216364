/** Media types and the data of images, files and audio inside requests and replies. */
@NullMarked
package dev.serai.adapters.dialects.media;

import org.jspecify.annotations.NullMarked;
