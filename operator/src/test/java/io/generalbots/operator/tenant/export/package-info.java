/** Tests of exports and imports. */
@NullMarked
package io.generalbots.operator.tenant.export;

import org.jspecify.annotations.NullMarked;
