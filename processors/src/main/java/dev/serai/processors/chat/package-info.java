/** The steps that read chat requests of every surface and write their replies. */
@NullMarked
package dev.serai.processors.chat;

import org.jspecify.annotations.NullMarked;
