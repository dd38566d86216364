/**
 * Content of chat requests and responses, independent of any dialect. It has no JSON of an API:
 * dialects and surfaces translate from and to these types. Tools are run by the clients: the
 * gateway forwards the calls of tools and their results.
 */
@NullMarked
package dev.serai.core.chat;

import org.jspecify.annotations.NullMarked;
