;; strings.wat: strings to bytes and back, by the engine's own string functions ("JS String Builtins").
;;
;; This is not C, because C has no type for a JavaScript string. Bytes pass through an array of UTF-16 units,
;; which the engine reads and writes in one call. Each call overwrites it from the start and reads only what
;; it has written. Loops move four units a turn, which takes half to three quarters of the time.
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

  ;; Return the string of the `length` units at `in`. A unit has 1 << shift bytes. Of a unit of one byte, only
  ;; the bits in `mask` count.
  (func (export "units_text") (param $in i32) (param $length i32) (param $shift i32) (param $mask i32)
      (result externref)
    (local $i i32)
    (if (local.get $shift)
      (then
        (loop $four
          (if (i32.le_u (i32.add (local.get $i) (i32.const 4)) (local.get $length)) (then
            (call $put (local.get $i) (i32.load16_u (local.get $in)))
            (call $put (i32.add (local.get $i) (i32.const 1)) (i32.load16_u offset=2 (local.get $in)))
            (call $put (i32.add (local.get $i) (i32.const 2)) (i32.load16_u offset=4 (local.get $in)))
            (call $put (i32.add (local.get $i) (i32.const 3)) (i32.load16_u offset=6 (local.get $in)))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (local.set $in (i32.add (local.get $in) (i32.const 8)))
            (br $four))))
        (loop $one
          (if (i32.lt_u (local.get $i) (local.get $length)) (then
            (call $put (local.get $i) (i32.load16_u (local.get $in)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (local.set $in (i32.add (local.get $in) (i32.const 2)))
            (br $one)))))
      (else
        (loop $four
          (if (i32.le_u (i32.add (local.get $i) (i32.const 4)) (local.get $length)) (then
            (call $put (local.get $i)
              (i32.and (i32.load8_u (local.get $in)) (local.get $mask)))
            (call $put (i32.add (local.get $i) (i32.const 1))
              (i32.and (i32.load8_u offset=1 (local.get $in)) (local.get $mask)))
            (call $put (i32.add (local.get $i) (i32.const 2))
              (i32.and (i32.load8_u offset=2 (local.get $in)) (local.get $mask)))
            (call $put (i32.add (local.get $i) (i32.const 3))
              (i32.and (i32.load8_u offset=3 (local.get $in)) (local.get $mask)))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (local.set $in (i32.add (local.get $in) (i32.const 4)))
            (br $four))))
        (loop $one
          (if (i32.lt_u (local.get $i) (local.get $length)) (then
            (call $put (local.get $i)
              (i32.and (i32.load8_u (local.get $in)) (local.get $mask)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (local.set $in (i32.add (local.get $in) (i32.const 1)))
            (br $one))))))
    (call $string_of (global.get $units) (i32.const 0) (local.get $length)))

  ;; Write each unit of the string, or only its low byte if `wide` is 0. pre: all fit.
  (func (export "units_write") (param $string externref) (param $out i32) (param $wide i32)
    (local $i i32) (local $length i32)
    (local.set $length (call $units_of (local.get $string) (global.get $units) (i32.const 0)))
    (if (local.get $wide)
      (then
        (loop $four
          (if (i32.le_u (i32.add (local.get $i) (i32.const 4)) (local.get $length)) (then
            (i32.store16 (local.get $out) (call $unit (local.get $i)))
            (i32.store16 offset=2 (local.get $out) (call $unit (i32.add (local.get $i) (i32.const 1))))
            (i32.store16 offset=4 (local.get $out) (call $unit (i32.add (local.get $i) (i32.const 2))))
            (i32.store16 offset=6 (local.get $out) (call $unit (i32.add (local.get $i) (i32.const 3))))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (local.set $out (i32.add (local.get $out) (i32.const 8)))
            (br $four))))
        (loop $one
          (if (i32.lt_u (local.get $i) (local.get $length)) (then
            (i32.store16 (local.get $out) (call $unit (local.get $i)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (local.set $out (i32.add (local.get $out) (i32.const 2)))
            (br $one)))))
      (else
        (loop $four
          (if (i32.le_u (i32.add (local.get $i) (i32.const 4)) (local.get $length)) (then
            (i32.store8 (local.get $out) (call $unit (local.get $i)))
            (i32.store8 offset=1 (local.get $out) (call $unit (i32.add (local.get $i) (i32.const 1))))
            (i32.store8 offset=2 (local.get $out) (call $unit (i32.add (local.get $i) (i32.const 2))))
            (i32.store8 offset=3 (local.get $out) (call $unit (i32.add (local.get $i) (i32.const 3))))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (local.set $out (i32.add (local.get $out) (i32.const 4)))
            (br $four))))
        (loop $one
          (if (i32.lt_u (local.get $i) (local.get $length)) (then
            (i32.store8 (local.get $out) (call $unit (local.get $i)))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (local.set $out (i32.add (local.get $out) (i32.const 1)))
            (br $one)))))))

  ;; Write the string as UTF-8, a lone surrogate as U+FFFD. Return how many bytes these are. pre: all fit.
  (func (export "utf8_write") (param $string externref) (param $out i32) (result i32)
    (local $i i32) (local $length i32) (local $at i32) (local $unit i32) (local $low i32)
    (local.set $length (call $units_of (local.get $string) (global.get $units) (i32.const 0)))
    (local.set $at (local.get $out))
    ;; Four units of ASCII go in a turn. Other text goes unit by unit.
    (loop $four
      (if (i32.le_u (i32.add (local.get $i) (i32.const 4)) (local.get $length)) (then
        (if (i32.lt_u
            (i32.or (i32.or (call $unit (local.get $i)) (call $unit (i32.add (local.get $i) (i32.const 1))))
              (i32.or (call $unit (i32.add (local.get $i) (i32.const 2)))
                (call $unit (i32.add (local.get $i) (i32.const 3)))))
            (i32.const 0x80))
          (then
            (i32.store8 (local.get $at) (call $unit (local.get $i)))
            (i32.store8 offset=1 (local.get $at) (call $unit (i32.add (local.get $i) (i32.const 1))))
            (i32.store8 offset=2 (local.get $at) (call $unit (i32.add (local.get $i) (i32.const 2))))
            (i32.store8 offset=3 (local.get $at) (call $unit (i32.add (local.get $i) (i32.const 3))))
            (local.set $i (i32.add (local.get $i) (i32.const 4)))
            (local.set $at (i32.add (local.get $at) (i32.const 4)))
            (br $four)))))
      (loop $next
        (if (i32.lt_u (local.get $i) (local.get $length)) (then
          (local.set $unit (call $unit (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (if (i32.lt_u (local.get $unit) (i32.const 0x80)) (then
            (i32.store8 (local.get $at) (local.get $unit))
            (local.set $at (i32.add (local.get $at) (i32.const 1)))
            ;; Not always, because text that is mostly not ASCII has single units that are.
            (br_if $four (i32.eqz (i32.and (local.get $i) (i32.const 3))))
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
                (local.set $low (i32.sub (call $unit (local.get $i)) (i32.const 0xdc00)))
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
          (br $next)))))
    (i32.sub (local.get $at) (local.get $out)))

  (func $unit (param $i i32) (result i32)
    (array.get_u $units (global.get $units) (local.get $i)))

  (func $put (param $i i32) (param $unit i32)
    (array.set $units (global.get $units) (local.get $i) (local.get $unit)))

  ;; A byte behind the first one of a character: six of its bits.
  (func $continuation (param $point i32) (param $shift i32) (result i32)
    (i32.or (i32.const 0x80)
      (i32.and (i32.const 0x3f) (i32.shr_u (local.get $point) (local.get $shift)))))
)
