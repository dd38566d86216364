/** Content of chat requests and responses, independent of any dialect. */
@NullMarked
package dev.serai.core.chat;

import org.jspecify.annotations.NullMarked;
