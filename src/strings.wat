;; strings.wat: strings to bytes and back, by the engine's own string functions ("JS String Builtins").
;;
;; This is not C, because C has no type for a JavaScript string. Bytes pass through an array of UTF-16 units,
;; which the engine reads and writes in one call. Each call overwrites it from the start and reads only what
;; it has written.
;;
;; pre, for all functions: the string, or the text of the bytes, has at most 4096 units.
(module
  (type $units (array (mut i16)))
  (import "wasm:js-string" "fromCharCodeArray"
    (func $string_of (param (ref null $units) i32 i32) (result (ref extern))))
  (import "wasm:js-string" "intoCharCodeArray"
    (func $units_of (param externref (ref null $units) i32) (result i32)))
  (import "env" "memory" (memory 0))
  (global $units (ref $units) (array.new_default $units (i32.const 4096)))

  ;; Return the string of the `length` units at `in`. A unit has 1 << shift bytes, and only its bits in `mask`
  ;; count.
  ;; pre: the byte after them may be read.
  (func (export "units_text") (param $in i32) (param $length i32) (param $shift i32) (param $mask i32)
      (result externref)
    (local $i i32)
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $length)) (then
        (array.set $units (global.get $units) (local.get $i)
          (i32.and (i32.load16_u (i32.add (local.get $in) (i32.shl (local.get $i) (local.get $shift))))
            (local.get $mask)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
    (call $string_of (global.get $units) (i32.const 0) (local.get $length)))

  ;; Write each unit of the string, or only its low byte if `wide` is 0. pre: all fit.
  (func (export "units_write") (param $string externref) (param $out i32) (param $wide i32)
    (local $i i32) (local $length i32)
    (local.set $length (call $units_of (local.get $string) (global.get $units) (i32.const 0)))
    (if (local.get $wide)
      (then
        (loop $next
          (if (i32.lt_u (local.get $i) (local.get $length)) (then
            (i32.store16 (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 1)))
              (array.get_u $units (global.get $units) (local.get $i)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next)))))
      (else
        (loop $next
          (if (i32.lt_u (local.get $i) (local.get $length)) (then
            (i32.store8 (i32.add (local.get $out) (local.get $i))
              (array.get_u $units (global.get $units) (local.get $i)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next)))))))

  ;; Write the string as UTF-8, a lone surrogate as U+FFFD. Return how many bytes these are. pre: all fit.
  (func (export "utf8_write") (param $string externref) (param $out i32) (result i32)
    (local $i i32) (local $length i32) (local $at i32) (local $unit i32) (local $low i32)
    (local.set $length (call $units_of (local.get $string) (global.get $units) (i32.const 0)))
    (local.set $at (local.get $out))
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $length)) (then
        (local.set $unit (array.get_u $units (global.get $units) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (if (i32.lt_u (local.get $unit) (i32.const 0x80)) (then
          (i32.store8 (local.get $at) (local.get $unit))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next)))
        (if (i32.lt_u (local.get $unit) (i32.const 0x800)) (then
          (i32.store8 (local.get $at) (i32.or (i32.const 0xc0) (i32.shr_u (local.get $unit) (i32.const 6))))
          (i32.store8 offset=1 (local.get $at) (call $continuation (local.get $unit) (i32.const 0)))
          (local.set $at (i32.add (local.get $at) (i32.const 2)))
          (br $next)))
        (if (i32.eq (i32.and (local.get $unit) (i32.const 0xf800)) (i32.const 0xd800)) (then
          (if (i32.and (i32.lt_u (local.get $unit) (i32.const 0xdc00))
              (i32.lt_u (local.get $i) (local.get $length)))
            (then
              (local.set $low (i32.sub (array.get_u $units (global.get $units) (local.get $i))
                (i32.const 0xdc00)))
              (if (i32.lt_u (local.get $low) (i32.const 0x400)) (then
                (local.set $i (i32.add (local.get $i) (i32.const 1)))
                (local.set $unit (i32.add (local.get $low)
                  (i32.shl (i32.sub (local.get $unit) (i32.const 0xd7c0)) (i32.const 10))))
                (i32.store8 (local.get $at)
                  (i32.or (i32.const 0xf0) (i32.shr_u (local.get $unit) (i32.const 18))))
                (i32.store8 offset=1 (local.get $at) (call $continuation (local.get $unit) (i32.const 12)))
                (i32.store8 offset=2 (local.get $at) (call $continuation (local.get $unit) (i32.const 6)))
                (i32.store8 offset=3 (local.get $at) (call $continuation (local.get $unit) (i32.const 0)))
                (local.set $at (i32.add (local.get $at) (i32.const 4)))
                (br $next)))))
          (local.set $unit (i32.const 0xfffd))))
        (i32.store8 (local.get $at) (i32.or (i32.const 0xe0) (i32.shr_u (local.get $unit) (i32.const 12))))
        (i32.store8 offset=1 (local.get $at) (call $continuation (local.get $unit) (i32.const 6)))
        (i32.store8 offset=2 (local.get $at) (call $continuation (local.get $unit) (i32.const 0)))
        (local.set $at (i32.add (local.get $at) (i32.const 3)))
        (br $next))))
    (i32.sub (local.get $at) (local.get $out)))

  ;; A byte behind the first one of a character: six of its bits.
  (func $continuation (param $point i32) (param $shift i32) (result i32)
    (i32.or (i32.const 0x80)
      (i32.and (i32.const 0x3f) (i32.shr_u (local.get $point) (local.get $shift)))))
)
