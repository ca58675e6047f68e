"""English words in families; a low line stands for a blank inside a phrase."""

# Little words that change nothing. Always and never are not among them: they are what is asked for.
ADV = """
    really just so such very too absolutely totally completely honestly simply actually being
    clearly obviously truly utterly incredibly unbelievably extremely pretty quite rather bloody
    fucking freaking damn literally basically also still again now somehow sometimes often
    probably apparently even frankly seriously once suddenly usually then either already only
    ever all kind_of a_bit a_little terribly awfully getting becoming acting fully entirely
"""
# What is said of nobody kindly.
INSULT = """
    abrasive arrogant bossy brainless callous careless childish clingy clueless cold-hearted
    coldhearted condescending contemptible conceited cowardly creepy cruel deceitful delusional
    despicable devious dishonest disloyal disgusting dismissive disrespectful domineering
    egocentric egoistic egotistical evil feckless flaky frigid greedy gutless heartless hateful
    hurtful hypocritical hysterical idiotic ignorant immature impolite inconsiderate incompetent
    inept infantile infuriating insensitive insufferable intolerable irrational irresponsible
    judgmental judgemental lazy malicious manipulative mean mean-spirited neglectful nasty needy
    negligent obnoxious overbearing paranoid passive-aggressive pathetic patronising patronizing
    petty possessive pushy reckless ridiculous rude ruthless sadistic self-absorbed self-centred
    self-centered self-obsessed self-righteous selfish shallow shameless sloppy smug sneaky
    spineless spiteful spoiled spoilt stingy stuck-up stupid tactless thoughtless toxic two-faced
    unappreciative unbearable uncaring unfair unfaithful ungrateful unhelpful unhinged unkind
    unloving unreasonable unreliable unsupportive untrustworthy useless hopeless vain vicious
    vindictive worthless impossible secretive oblivious stubborn
"""
# What somebody may be today without being it: said with "so", "always" or "being" only.
STATE = """
    aloof annoying argumentative confrontational controlling critical cynical defensive demanding
    difficult distant dramatic emotional exhausting frustrating grumpy hostile inconsistent
    indifferent insecure irritating jealous messy moody negative pessimistic sarcastic sensitive
    touchy unpleasant withdrawn cold_and harsh dull rigid
"""
NAME = """
    arsehole ass asshole bastard bitch brat bully cheapskate control_freak coward cretin
    crybaby deadbeat dickhead disappointment disgrace dictator drama_queen egoist egomaniac
    failure fool freeloader fraud halfwit hypocrite idiot imbecile jackass jerk killjoy know-it-all
    layabout liar loafer loser man-child manchild manipulator miser moron narcissist nuisance
    parasite pig prick psycho psychopath sadist scrooge scumbag slacker slave-driver slob sociopath
    snob sponger spoilsport traitor tyrant wimp big_child big_baby spoiled_child overgrown_child
    pain_in_the_neck pain_in_the_ass pain_in_the_arse cow cheater
"""
HABIT = """
    aggression anger arrogance attitude bossiness bullying carelessness childishness coldness
    complaining complaints contempt criticism criticisms cruelty cynicism dishonesty disrespect
    drama drinking ego egoism excuses forgetfulness games greed grumbling hypocrisy ignorance
    immaturity impatience indifference insecurity insults irresponsibility jealousy judgement
    laziness lateness lectures lies lying manipulation meanness mess moaning moods moodiness nagging
    nastiness negativity nonsense outbursts paranoia passivity pettiness rudeness rubbish bullshit
    crap sarcasm secrecy secrets selfishness self-pity shouting silent_treatment sloppiness
    stinginess stubbornness stupidity sulking tantrums temper thoughtlessness whining whingeing
    yelling interrupting broken_promises bad_moods bad_temper flirting
"""
# What one hopes for, so that "never" or "not" before it is a reproach.
GOODDEED = """
    listen listened help helped answer answered reply replied talk_to_me talk_about talk_to_us
    clean cleaned cook cooked wash washed tidy tidied apologise apologised apologize apologized
    thank thanked remember remembered notice noticed support supported trust trusted respect
    respected hug hugged kiss kissed touch touched hold_me hold_my make_time make_an_effort
    make_any made_time made_an_effort show_up show_any show_interest show_me showed_me do_anything
    do_your do_the do_what do_it want_to_talk want_to_go want_to_do want_to_be want_to_have
    want_to_spend want_to_hear want_to_come try_to try_at_all try_hard consider consult include
    let_me_finish let_me_speak
    give_me_any give_me_a_hand pick_up keep_your kept_your keep_a_promise understand
    understood admit stand_up_for stood_up_for defend defended compliment had_time have_time
    had_any have_any there_for on_time been_there offer offered spend share appreciate
    appreciated think_of think_about thought_of thought_about care cared ask_about ask_me ask_how
    ask_what asked_me asked_about asked_how say_sorry say_thank say_thanks say_good say_hello
    say_please say_anything say_you say_i said_sorry said_thank tell_me_anything tell_me_the_truth
    tell_me_what tell_me_when tell_me_where tell_me_how call_me call_when call_back called_me
    text_me take_me took_me take_my take_responsibility take_the_blame take_part take_an_interest
    take_us pay_attention pay_for pay_your put_your_phone put_anything follow_through finish_what
    change_your get_up_with come_home_when come_with_me drive contribute initiate lift lifted
    compromise praise hear_me open_up empty clear_up clear_the come_to_my believe_me see_what_i
    see_how listen_to bother bothered back_me stick_to look_at_me speak_to_me want_me put_me_first
"""
# What nobody hopes for: deeds, as one says them of "you always".
WRONG = """
    forget_everything forget_what forget_our forget_my forget_to_tell forget_to_call forget
    interrupt ignore complain criticise criticize blame shout yell moan nag judge lie cancel
    argue sulk avoid dismiss exaggerate overreact disappear say_no have_an_excuse have_excuses
    have_to_be_right have_to_win have_the_last have_to_have have_to_control have_to_argue
    have_to_criticise find_fault find_a_reason_not find_an_excuse find_something_wrong make_excuses
    make_it_about make_everything make_fun_of_me make_me_feel_DARK make_me_look make_jokes_about_me
    make_me_wait take_over take_it_out take_your_mother's take_his_side take_her_side
    take_their_side take_everyone put_yourself put_work put_your_work put_your_job put_your_family
    put_your_mother put_your_friends put_me_last put_me_down put_everyone_else want_your_way
    want_everything expect_me expect_everything twist turn_everything turn_it change_the_subject
    walk_away walk_out walk_off come_home_late come_late come_too_late run_late get_your_way
    get_defensive get_angry get_mad get_so_DARK do_this do_that do_what_you choose_your choose_work
    talk_over talk_down talk_about_yourself tell_me_what_to tell_me_how_to tell_me_i treat_me_like
    act_like think_you_are think_the_worst think_of_yourself think_about_yourself bring_up throw_it
    ruin spoil_everything spoil_the break_your break_promises snap_at contradict correct_me cut_me
    undermine belittle mock humiliate embarrass lecture accuse attack_me shut_me shut_down
    storm_out storm_off slam roll_your_eyes side_with play_the_victim push_me_away look_down
    leave_me_alone leave_me_with leave_me_to leave_me_waiting leave_me_out leave_everything
    leave_it_to leave_it_all leave_your leave_dirty leave_a_mess leave_the_MESS pick_a_fight
    pick_fights start_a_fight start_fights start_an_argument lose_your_temper point_out_my
    check_my spend_too stare_at_your look_at_your_phone scroll check_your_phone compare_me
"""
WRONGING = """
    complaining correcting_me correcting criticising criticizing interrupting blaming nagging
    shouting yelling moaning lecturing late on_your_phone on_that_phone on_the_phone at_work
    at_the_office telling_me checking_my checking_up checking_your_phone comparing_me
    making_excuses making_fun making_promises_you changing_plans changing_the changing_your_mind
    forgetting ignoring judging losing_your putting_me putting_your picking_on picking_fights
    rolling_your arguing sulking lying cancelling breaking bringing_up doing_this doing_that
    too_busy too_late too_tired_for treating_me using_me pushing_me the_victim in_a_bad_mood
    angry_with angry_at mad_at so_quick_to_judge so_quick_to_blame quick_to_judge right_and_i
    accusing belittling mocking contradicting leaving_me leaving_your leaving_the playing_games
    gaming about_you about_what_you staring_at throwing_it turning_everything taking_over
    telling_people talking_over talking_down talking_about_yourself whining whingeing snapping
    undermining dismissing avoiding glued_to making_me_wait making_me_feel_DARK making_it_about
    acting_like walking_away pretending twisting saying_no embarrassing_me insulting expecting
    demanding asking_me_the_same ill_when
"""
DARK = """
    angry mad sad miserable sick crazy insane furious anxious guilty small stupid tiny
    worthless ugly bad awful terrible horrible lonely alone inadequate invisible ashamed useless
    unwanted unloved unsafe like_nothing like_a_fool like_a_burden like_an_idiot like_shit
    like_a_failure like_dirt dumb unhappy second-best insignificant
"""
# Thoughts about the other that pass for feelings.
DEED = """
    abandoned abused accused attacked belittled betrayed blamed bullied cheated cornered
    criticised criticized deceived deserted devalued dismissed disregarded disrespected excluded
    exploited humiliated ignored insulted invalidated judged let_down lied_to manipulated
    mistreated misunderstood mocked neglected overlooked patronised patronized pressured
    provoked put_down rejected ridiculed shut_out smothered stonewalled suffocated
    taken_for_granted tricked trapped unappreciated undermined undervalued unheard
    unimportant unsupported unvalued used victimised victimized walked_over taken_advantage_of
"""
MESS = """
    dishes washing-up washing laundry kitchen bathroom sink table cleaning mess floor towels
    toilet rubbish bins housework cooking kids children planning bills everything
"""
STUFF = "clothes socks dishes things stuff mess shoes plates cups towels rubbish laundry crap"
CHORE = """
    does do cleans cooks tidies cares tries remembers makes_an plans pays works_on gets_up washes
    takes_care has_to thinks_about picks_up keeps carries looks_after empties organises apologises
    notices takes_out does_anything bothers takes_responsibility changes
"""
PARTNER = """
    man woman husband wife partner boyfriend girlfriend father mother dad mum mom parent spouse
    human_being
"""
PARTNERS = """
    men women husbands wives partners boyfriends girlfriends fathers mothers dads mums moms
"""
KIN = """
    mother mum mom father dad brother sister parents family aunt uncle grandmother ex
"""
HURT = """
    hit hits hitting slap slaps slapped slapping punch punches punched punching kick kicks kicked
    kicking beat beats beaten beating choke chokes choked choking strangle strangled strangling
    throttled smack smacked headbutted grabbed shoved
"""
WHOM = """
    me us him her our_son our_daughter our_kids our_children the_kids the_children the_dog the_cat
    the_baby my_face my_arm my_head my_son my_daughter my_kids my_children
"""
AFRAID = "afraid scared frightened terrified petrified"
# What somebody is told to stop.
STOPIT = """
    being acting lying blaming nagging shouting yelling screaming treating ignoring complaining
    criticising criticizing interrupting telling_me using_me doing_this doing_that controlling
    pretending sulking whining whingeing moaning playing_the judging making_excuses making_fun_of_me
    making_everything making_a_scene making_me_feel twisting correcting accusing comparing arguing
    lecturing bringing_up picking_on talking_down talking_over talking_about_yourself avoiding
    patronising mocking turning_everything taking_me throwing_it wasting feeling_sorry_for_yourself
    checking_my staring_at_your looking_at_your_phone it_with_the changing_the_subject walking_away
"""
# What somebody is asked, bitterly, why it is so hard.
DUTY = """
    call help say text listen ask wash put pick clean remember take_out take_the do_the do_your
    do_one do_what do_it do_something be_on_time be_honest be_nice be_kind be_there be_polite
    tell_me close_the give_me let_me send_a answer show_some show_me turn_off make_an make_the
    write_a lift empty apologise apologize admit thank understand tidy come_home pay_attention
    look_at_me think_of think_about hang_up keep_your get_up get_off stop respect leave_me_alone
    accept see hear do_anything care grow_up be_normal be_happy_for try let_it do_as
"""
