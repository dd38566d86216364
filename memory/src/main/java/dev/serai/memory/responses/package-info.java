/**
 * Responses that clients asked to store: the newest in memory, all of them in the database. It
 * stores bytes and knows no format of them.
 */
@NullMarked
package dev.serai.memory.responses;

import org.jspecify.annotations.NullMarked;
