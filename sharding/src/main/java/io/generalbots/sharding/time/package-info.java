/**
 * Tables in partitions by time: which there have to be, and how a plain table becomes one. Pure.
 */
@NullMarked
package io.generalbots.sharding.time;

import org.jspecify.annotations.NullMarked;
