/**
 * The steps that read chat requests of every surface and write their replies. The formats are in
 * the surfaces.
 */
@NullMarked
package dev.serai.processors.chat;

import org.jspecify.annotations.NullMarked;
