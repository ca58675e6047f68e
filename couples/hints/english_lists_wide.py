"""English words for the wide families; a low line stands for a blank inside a phrase."""

from __future__ import annotations

# What may follow "you never" without a reproach: one is glad of it, or it is merely so.
KINDNEVER = """
    cold ask_me_to asked_me_to got_the_hang got_over treat_my_worries treat_me_as_less
    roll_your_eyes rolled_your_eyes come_empty-handed bring_work turn_down turned_down took_the
    spoke_much speak_much drive really_got got_a use_the sing dance let_me let_us let_the let_it
    let_anyone let_go let_your hurt complain complained ask_for asked_for ask_anyone say_a_bad
    said_a_bad say_a_word_against say_no talk_badly take_a take_any take_time take_for forget
    forgot forgotten judge judged push pushed hurry hurried rush rushed gave_me_a gave_up
    give_up made_me made_anyone made_us make_me_feel make_a_fuss make_you have_to had_to has_to
    need needed know knew been_to been_better been_happier liked look looked told_me_about
    told_me_you get_to got_to get_tired get_angry get_bored get_cross got_angry fail failed miss
    missed lose lost raise raised lie lied yell yelled shout shouted criticise criticised blame
    blamed stop stopped cease ceased seem seemed mind minded met meant mean see saw seen
    stood_in tried try_to_change eat ate eaten drink drank smoke smoked wear wore sleep slept
    rest sit_down buy_anything buy_yourself bought_yourself spend_anything treat_yourself
    learned learnt grew had_a had_the had_much want_anything wanted expect expected hold_it
    held_it hold_a held_a turn_me turned_me left_my leave_without run_out ran_out cook_it break
    broke used_to feel_bad put_me_down put_pressure pressure pressured mock mocked laugh_at
    laughed_at play_games snap snapped sulk sulked win_at cheat cheated hide hid keep_score wake
    woke bring_up_my walked_out hesitate hesitated refuse refused waver doubt doubted begrudge
    begrudged grumble grumbled moan moaned nag nagged interrupt interrupted disappoint
    disappointed quit skip skipped ignore ignored worry exclude excluded like love hate
    say_i_told panic change_your_mind_about_me like_the cared_for stay_cross stay_angry
    go_to_bed_angry go_to_bed_without went_to_bed_without water stood_a come_empty say_much
    about swear swore touch_alcohol drive_after think_of_yourself think_about_yourself
    put_yourself
"""
KINDKEEP = """
    surprising amazing smiling going trying working worrying forgetting_to_eat
    forgetting_to_rest apologising apologizing thanking making_me_laugh making_me_smile
    making_me_happy making_me_proud making_us saying_you_are saying_sorry giving encouraging
    supporting learning growing getting_better bringing helping teaching coming_back asking_how
    telling_me_i_am reminding_me_that inspiring fighting_for believing checking_on
    pushing_through telling_me_i_should telling_me_i_can losing_weight coughing sneezing
    checking_in cheering waking feeding dreaming singing dancing humming laughing sending_me
    everything something anything nothing morning evening knitting running baking yawning
"""
# Nouns for a person that are no names yet, after "you are a" or "act like a".
NOUN = """
    taker child lump lodger embarrassment passenger spectator bystander stranger ghost robot
    doormat mummy's_boy mama's_boy mommy's_boy burden teenager toddler bore misery martyr
    princess diva hothead pushover wet_blanket cold_fish show-off moaner whinger nag user leech
    sponge dinosaur grump snake creep weasel disaster shambles waste_of_space waste_of_time
    nightmare let-down letdown chancer flake gossip workaholic drunk addict gambler spendthrift
    skinflint tightwad part-timer couch_potato baby spoilt_child spoiled_brat schoolboy
    schoolgirl zombie statue vegetable iceberg brick_wall block_of_ice stone dead_weight
    backseat_driver guest_in_your_own pretender charmer loose_cannon time_bomb sergeant
    drill_sergeant prison_guard policeman judge_and_jury caveman flatmate roommate hypochondriac
    kid third_child second_child sulker worm rat clown quitter meanie louse
"""
# What one does to nobody kindly, after "you".
BADVERB = """
    twist twisted gaslight gaslit gaslighting guilt-trip guilt-tripped sulk sulked stonewall
    stonewalled stonewalling whinge whine whined moaned_about moaned_at bark barked boss_me
    bossed bulldoze bulldozed steamroll belittle freeze_me froze_me blank_me blanked snub
    snubbed fob_me fobbed brush_me brushed_me palm_off palmed dump dumped_it dumped_everything
    lumber lumbered swan swanned waltz_in waltzed_in waltz_off breeze_in breezed_in flounce
    flounced stomp stomped strop stropped mope moped slouch hog hogged squander squandered
    fritter frittered splurge splurged sneer sneered scoff scoffed smirk smirked tut huff huffed
    bad-mouth bad-mouthed badmouth badmouthed slag slagged bitch undercut show_me_up
    showed_me_up cut_me_off cut_me_short shut_me tune_out tune_me tuned_out tuned_me zone_out
    zoned_out hide_behind hid_behind weasel wriggle_out cop_out copped_out bail_on bailed_on
    flake_on flaked string_me strung_me lead_me_on led_me_on sponge freeload leech coast skive
    shirk shirked dodge_every dodge_the_question dodge_your dodged_the dodge_responsibility
    duck_out pawn_off snoop snooped pry spied interrogate interrogated grill_me grilled_me
    cross-examine preach patronise patronised patronize patronized mansplain mansplained baby_me
    smother_me smothered hover_over micromanage micromanaged nitpick nitpicked pick_holes
    pick_fights picked_a_fight pick_a_fight find_fault rub_my_nose rubbed_it rub_it
    throw_a_tantrum threw_a_tantrum fly_off flew_off lose_your_rag lost_your_rag
    lose_your_temper blow_up_at blew_up_at explode_at exploded_at explode_over bite_my_head
    bit_my_head jump_down jumped_down play_the_victim played_the_victim play_the_martyr
    play_dumb play_happy_families checked_out_of_this checked_out_of_our checked_out_on
    drag_your_feet dragged_your_feet drag_your_heels walk_all_over trample talk_over_me
    talked_over_me talk_over talk_down_to bring_nothing contribute_nothing do_the_bare
    do_the_minimum do_sod_all do_bugger_all do_fuck_all do_nothing_around take_no_responsibility
    take_everything take_advantage took_advantage side_with sided_with throw_me_under
    threw_me_under make_a_fool made_a_fool make_a_scene made_a_scene make_empty_promises
    pass_the_buck shift_the_blame blame_me blame_everyone point_the_finger dig_up drag_up
    rake_up bring_up_the_past hold_grudges hold_a_grudge hold_it_over punish_me punished_me
    humiliate_me humiliated_me humiliating_me mock_me mocked_me lied_to_my_face lie_to_my_face
    cheated_on went_behind_my_back go_behind_my_back go_crying run_to_your_mum
    run_to_your_mother run_crying hide_in_the_shed hide_in_the_garage grunt_at snarl snarled
    snap_at_me snapped_at_me invade ignore_every ignored_every forget_i_exist forgot_i_exist
    slam stormed_off storm_off give_me_grief give_me_that_look roll_over_and have_your_cake
    expect_a_medal expect_applause want_a_medal get_away_with_everything deliberately_ANY
    talk_rubbish talk_nonsense trivialise minimise trivialize minimize invalidate resent_me
    despise sabotage undermine ridicule ridiculed milk_it wind_me_up wound_me_up push_my_buttons
    threw_my_ANY throw_my_ANY take_the_piss take_the_mick moan_about moan_at nag_me talk_at_me
"""
